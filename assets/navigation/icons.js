const round =
  'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

export const SUN =
  `<circle cx="12" cy="12" r="4.5"/><path ${round} d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6l1.4 1.4M5 19l1.4-1.4M17.6 6.4l1.4-1.4"/>`;
export const MOON = '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>';
export const PROJECTOR = `<path ${round} d="M3 4h18M5 4v11h14V4M12 15v5M8 20h8"/>`;
export const FULL = `<path ${round} d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>`;
export const WINDOW = `<path ${round} d="M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5"/>`;
