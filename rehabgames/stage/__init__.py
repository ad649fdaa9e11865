"""Floor 6: paints a View with pygame and plays its cues. Importing this package loads no pygame."""

import os

# pygame greets on standard output when it is imported; commands that write JSON there must not
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
