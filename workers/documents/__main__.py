"""``python -m workers.documents``"""

from workers.core import logs
from workers.core.app import serve
from workers.core.settings import load
from workers.documents.app import Settings, build

if __name__ == "__main__":
    logs.configure("documents")
    settings = load(Settings)
    serve(build(settings), settings)
