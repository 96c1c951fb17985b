const round =
  'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

export const SUN =
  `<circle cx="12" cy="12" r="4.5"/><path ${round} d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6l1.4 1.4M5 19l1.4-1.4M17.6 6.4l1.4-1.4"/>`;
export const MOON = '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>';
export const COLORS = `<circle ${round} cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z"/>`;
export const PROJECTOR = `<path ${round} d="M3 4h18M5 4v11h14V4M12 15v5M8 20h8"/>`;
export const EYE =
  `<path ${round} d="M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="3"/>`;
export const CLOSED =
  `<path ${round} d="M4 4l16 16M9.9 5.8A9.6 9.6 0 0 1 12 5.5c6.5 0 10 6.5 10 6.5a17 17 0 0 1-2.7 3.4M6.2 7.3A16.5 16.5 0 0 0 2 12s3.5 6.5 10 6.5a9.8 9.8 0 0 0 4.3-1"/>`;
export const HELP =
  `<path ${round} d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3"/><circle cx="12" cy="18.5" r="1.3"/>`;
export const SHARE =
  `<circle cx="18" cy="5" r="3"/><circle cx="6" cy="12" r="3"/><circle cx="18" cy="19" r="3"/><path ${round} d="M8.5 10.5l7-4M8.5 13.5l7 4"/>`;
export const FULL = `<path ${round} d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>`;
export const WINDOW = `<path ${round} d="M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5"/>`;
