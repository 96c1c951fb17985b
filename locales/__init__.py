"""Languages: a catalog of texts for each, its numbers, and which one is spoken.

**English stands in the code, all else in catalogs.** `say("There is no step {step}.", step=7)` is
the sentence in the language that is spoken here and now; `id.po` has the Indonesian of all that the
interface says, in the format of gettext, and `lessons/id/` that of the lessons, a file for each.
What a catalog does not know is said in English.

**Which language is spoken belongs to a visitor** (`speaking`), never to the process: threads of a
class speak several at once. What is kept for all, such as a run's film, holds numbers and no texts.
The command line and the log speak English.
"""
