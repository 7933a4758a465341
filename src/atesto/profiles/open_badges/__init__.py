"""Open Badges 3.0 (1EdTech): the data model as tables, badges from award records and back, and what a reader should know of one."""
