"""All tables together, for migrations and tests: importing this makes `Base.metadata` whole."""

from edu.brakes import models as brakes
from edu.communities import models as communities
from edu.database import Base
from edu.editions import desk
from edu.editions import models as editions
from edu.editions.review import models as reviewing
from edu.exchange import models as exchange
from edu.groups import models as groups
from edu.learning import models as learning
from edu.outcomes import models as outcomes
from edu.partners import models as partners
from edu.recordings import models as recordings
from edu.server import models as server

TABLES = Base.metadata.sorted_tables

__all__ = [
    "TABLES",
    "Base",
    "brakes",
    "communities",
    "desk",
    "editions",
    "exchange",
    "groups",
    "learning",
    "outcomes",
    "partners",
    "recordings",
    "reviewing",
    "server",
]
