"""What tests need of this system's fonts."""

import pytest

from rehabgames.stage.fonts import missing_scripts


def needs(language):
    """Skips a test where this system cannot draw a language."""
    missing = missing_scripts(language)
    return pytest.mark.skipif(missing != (), reason=f"no font for {' and '.join(missing)} on this system")
