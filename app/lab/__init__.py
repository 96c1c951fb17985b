"""A visit: what a person chose, its solving, the guide beside it, and its address.

**A visit ends with its page.** What is global knows no visit: `app.shell` unbinds the page from
Panel's busy state, whose watchers would keep every page that was ever opened, and be called for
each of them at each event.
"""
