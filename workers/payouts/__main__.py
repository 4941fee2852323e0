"""``python -m workers.payouts``"""

from workers.core import logs
from workers.core.app import serve
from workers.payouts.app import Settings, build

if __name__ == "__main__":
    logs.configure("payouts")
    settings = Settings()  # type: ignore[call-arg]  # from the environment
    serve(build(settings), settings)
