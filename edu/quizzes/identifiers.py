"""What an instrument, a scale and an item may be called."""

import re

#: Short words in lower case joined by hyphens: they stand in addresses, columns and catalogues.
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What a cell of a table says when no option was chosen, so no option may be called so.
RESERVED_CODES = frozenset({"dk", "na", "pnts"})
