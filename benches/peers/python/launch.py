"""Runs a command and prints, as JSON, what it cost: launch.py SECONDS COMMAND..."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time


def main():
    limit, command = int(sys.argv[1]), sys.argv[2:]
    failure = None
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        # A session of its own, so that whatever it starts can be ended with it.
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": said}
        child = subprocess.Popen(command, start_new_session=True, **quiet)

        def end(*_):
            nonlocal failure
            failure = f"not done in {limit} s"
            os.killpg(child.pid, signal.SIGKILL)

        signal.signal(signal.SIGALRM, end)
        # Ended itself, it leaves nothing running.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
        signal.alarm(limit)
        try:
            status = child.wait()
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        wall = time.perf_counter() - started
        if status != 0 and failure is None:
            failure = f"failed ({status}): {last_line(said)}"
    # Those that the child waited for are counted with it.
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": peak, "failure": failure}))


def last_line(said):
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "without a word"


main()
