"""``python -m workers.payouts``"""

from workers.core import logs
from workers.core.app import serve
from workers.core.settings import load
from workers.payouts.app import Settings, build

if __name__ == "__main__":
    logs.configure("payouts")
    settings = load(Settings)
    serve(build(settings), settings)
