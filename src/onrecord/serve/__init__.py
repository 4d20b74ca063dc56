"""The reading room: a store in the browser, page by page, each with a JSON twin.

`application.room` makes the application; `pages` has what each page knows, `templates` how
it is shown. Questions go to `onrecord.queries`, corrections to `onrecord.store.corrections`.
Scripts and styles are built from `web/` of the source tree and stand in `static`.
"""
