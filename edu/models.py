"""All tables together, for migrations and tests: importing this makes `Base.metadata` whole."""

from edu.brakes import models as brakes
from edu.database import Base
from edu.editions import models as editions
from edu.groups import models as groups
from edu.learning import models as learning
from edu.outcomes import models as outcomes
from edu.partners import models as partners
from edu.server import models as server

TABLES = Base.metadata.sorted_tables

__all__ = [
    "TABLES",
    "Base",
    "brakes",
    "editions",
    "groups",
    "learning",
    "outcomes",
    "partners",
    "server",
]
