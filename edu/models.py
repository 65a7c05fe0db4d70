"""All tables together, for migrations and tests: importing this makes `Base.metadata` whole."""

from edu.brakes import models as brakes
from edu.communities import models as communities
from edu.database import Base
from edu.editions import desk
from edu.editions import models as editions
from edu.editions.review import models as reviewing
from edu.exchange import models as exchange
from edu.groups import models as groups
from edu.instruments import models as instruments
from edu.learning import models as learning
from edu.learning import upset_models as upset
from edu.learning.carried import models as carried
from edu.learning.linking import models as linking
from edu.learning.paper import models as paper
from edu.media import models as media
from edu.outcomes import evaluation_models as evaluation
from edu.outcomes import models as outcomes
from edu.outcomes import voices_models as voices
from edu.partners import models as partners
from edu.partners import passkey_models as passkeys
from edu.partners import sent_forms
from edu.programmes import ally_models as allies
from edu.programmes import following_models as following
from edu.programmes import governing_models as governing
from edu.programmes import joint_models as joint
from edu.programmes import planning_models as planning
from edu.programmes import session_models as sessions
from edu.recordings import models as recordings
from edu.server import models as server

TABLES = Base.metadata.sorted_tables

__all__ = [
    "TABLES",
    "Base",
    "allies",
    "brakes",
    "carried",
    "communities",
    "desk",
    "editions",
    "evaluation",
    "exchange",
    "following",
    "governing",
    "groups",
    "instruments",
    "joint",
    "learning",
    "linking",
    "media",
    "outcomes",
    "paper",
    "partners",
    "passkeys",
    "planning",
    "recordings",
    "reviewing",
    "sent_forms",
    "server",
    "sessions",
    "upset",
    "voices",
]
