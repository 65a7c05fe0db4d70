"""Joins the parts of Daraja into one application; imported by nobody inside `edu`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from edu.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The whole application with its database, languages and doors.

    The parts are imported here and not above, so that the pure ones (`edu.segments`,
    `edu.outcomes`, ...) can be used without Flask.
    """
    from datetime import timedelta

    from flask import Flask
    from flask_babel import Babel
    from werkzeug.middleware.proxy_fix import ProxyFix

    from edu import doors, errors
    from edu.account import routes as account
    from edu.addresses import LateRule
    from edu.admin import routes as admin
    from edu.brakes.brakes import Brakes
    from edu.brakes.storage import DatabaseStorage
    from edu.builder import routes as builder
    from edu.carried import routes as carried
    from edu.commands import joining as commands
    from edu.database import Database
    from edu.facilitator import routes as facilitator
    from edu.interface import ChainDomain, Interface
    from edu.learner import routes as learner
    from edu.pages.assets import script, stylesheet
    from edu.pages.cookies import HostCookieSession
    from edu.pages.serve import Published
    from edu.pages.set_apart import codes_apart
    from edu.pages.speaking import spoken
    from edu.pages.whole import Whole
    from edu.partner import routes as partner
    from edu.planner import routes as planner
    from edu.server.jobs import Jobs
    from edu.settings import read_settings
    from edu.trainer import routes as trainer
    from edu.trust import views as trust
    from edu.watching.serve import Watched

    settings = settings or read_settings()
    app = Flask("edu", static_folder=None)
    app.url_rule_class = LateRule
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="staff_form",
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=256 * 1024,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions.update(settings=settings, database=Database(settings.database_url))
    app.extensions["brakes"] = Brakes(
        DatabaseStorage(app.extensions["database"].engine, settings.secret_key)
    )
    app.extensions["jobs"] = Jobs(app.extensions["database"], settings.instance)
    app.extensions["interface"] = Interface(settings.root / "translations")

    Babel(app)
    ChainDomain(app.extensions["interface"], spoken).attach(app)
    app.jinja_env.globals.update(stylesheet=stylesheet, script=script, demo=settings.demo)
    app.jinja_env.filters["codes_apart"] = codes_apart
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    app.session_interface = HostCookieSession()
    doors.join_doors(app)
    errors.join_errors(app)
    account.join(app)
    learner.join(app)
    trainer.join(app)
    admin.join(app)
    partner.join(app)
    builder.join(app)
    planner.join(app)
    facilitator.join(app)
    carried.join(app)
    trust.join(app)
    commands.join(app)

    app.wsgi_app = Whole(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = Published(app.wsgi_app, settings.published, settings.trusted_hosts)  # type: ignore[method-assign]
    app.wsgi_app = Watched(app.wsgi_app, app)  # type: ignore[method-assign]
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, 1, 1, 1, 1)  # type: ignore[method-assign]
    return app
