"""Rules of addresses that begin fast.

Werkzeug compiles two small functions for each rule as soon as the rule is made, with which
`url_for` puts addresses together. For some two hundred rules that is most of the time in which an
application begins: every worker, every command and every test pays for it, and most rules are
never asked.
"""

from collections.abc import Callable

from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule that compiles the makers of its addresses when it is first asked for one."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        """What werkzeug keeps as this rule's maker: compiles the real one, and gives way to it.

        Two threads that ask at the same time both compile, and keep equal ones.
        """
        compiled = super()._compile_builder
        place = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, **values: object) -> tuple[str, str]:
            maker = compiled(append_unknown).__get__(rule, None)
            setattr(rule, place, maker)
            made: tuple[str, str] = maker(**values)
            return made

        return build
