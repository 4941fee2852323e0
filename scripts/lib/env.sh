# Sourced by every command in scripts/: finds the checkout, sets its tools up where needed, and puts them on the PATH.
set -euo pipefail
SISO_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
siso_tools=${SISO_TOOLS:-$SISO_ROOT/.state/tools}

siso_python=
for candidate in "${SISO_PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14 python; do
    if [ -n "$candidate" ] && "$candidate" -Ic 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        siso_python=$candidate
        break
    fi
done
if [ -z "$siso_python" ]; then
    echo "✗ Python 3.11 or newer is needed and none was found on the PATH: install it, or name it with SISO_PYTHON=/path/to/python3." >&2
    exit 1
fi

"$siso_python" -B "$SISO_ROOT/scripts/lib/setup.py" || exit $?
export PATH="$siso_tools/node/bin:$siso_tools/venv/bin:$PATH"
export PYTHONPATH="$SISO_ROOT/scripts:$SISO_ROOT"
unset PYTHONHOME VIRTUAL_ENV
