"""The programs in ``bin``, as modules."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from types import ModuleType

from tests.commands.server import ROOT


def script(name: str) -> ModuleType:
    """The module that ``bin/name`` is, with nothing of it run."""
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "bin" / name))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(ROOT / "bin"))
    loader.exec_module(module)
    return module
