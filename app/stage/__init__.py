"""What plays in the browser: figures, packed films and curves, and the component for them.

**HoloViews builds each figure once per process**, in one variant for each theme, as JSON that is
kept; a visitor's own document holds none. With figures in every session a page load costs half a
second of the processor instead of a tenth, and an event of one session is looked at by the figures
of all. The browser finds a figure's data sources by their names and drives them itself.

**Figures are drawn on a plain canvas.** Bokeh's WebGL is made for many points and a graphics card:
where pictures are drawn without one it halves the frames a second, 26 against 58.
"""
