"""Testing: the contract that every game keeps, for ours and for those of plug-ins.

from rehabgames.testing import broken
assert not broken("my_exercise")
"""

import rehabgames.stage  # noqa: F401 - first, for pygame greets people otherwise
from rehabgames.testing.acting import Act, Acted, act, setup_for
from rehabgames.testing.contract import RULES, Broken, broken

__all__ = ["RULES", "Act", "Acted", "Broken", "act", "broken", "setup_for"]
