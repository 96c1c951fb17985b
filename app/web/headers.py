"""What every answer says of itself: what its page may load, who may frame it.

The policy names what the page needs. Scripts of the page have the answer's nonce; a text never
becomes code; nothing comes from elsewhere. Three things stay loose:

- styles may stand in the page: Bokeh and Material UI write them while they run, without a nonce;
- a picture may be `data:`: Bokeh's style sheets and printed lessons hold theirs so;
- a module may be a `blob:`: es-module-shims, by which Panel loads modules, reads and makes such.
  Chromium would do without in `script-src`, for the nonce goes on to what a script imports.
"""

from secrets import token_urlsafe

from tornado.web import RequestHandler

from app.web.limits import limits_of

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'{sites}"
)


class Headed(RequestHandler):
    """Says what a browser may do with the answer."""

    def set_default_headers(self) -> None:
        self.nonce = token_urlsafe(16)
        sites = "".join(f" {site}" for site in limits_of(self).embed_from)
        policy = POLICY.format(nonce=self.nonce, sites=sites)
        self.set_header("Content-Security-Policy", policy)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
