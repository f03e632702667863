"""Chromium without a window, driven through a pipe by its DevTools protocol."""
import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

SECONDS = 30
KEY_CODES = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowLeft": 37, "ArrowUp": 38,
             "ArrowRight": 39, "ArrowDown": 40}


class Browser:
    """One browser with one page; `events` are all that it reported."""

    def __init__(self, program, width=1400, height=900):
        self.folder = tempfile.mkdtemp()
        read_by_it, self.to_it = os.pipe()
        self.from_it, written_by_it = os.pipe()
        command = ["sh", "-c", f'exec "$@" 3<&{read_by_it} 4>&{written_by_it}', "sh", program,
                   "--headless=new", "--remote-debugging-pipe", "--disable-gpu",
                   "--no-first-run", "--disable-background-networking", "--disable-sync",
                   f"--window-size={width},{height}", f"--user-data-dir={self.folder}"]
        if os.getuid() == 0:
            command.append("--no-sandbox")
        if not os.access("/dev/shm", os.W_OK):
            command.append("--disable-dev-shm-usage")
        self.process = subprocess.Popen(command, pass_fds=(read_by_it, written_by_it),
                                        stderr=subprocess.DEVNULL)
        os.close(read_by_it)
        os.close(written_by_it)
        self.rest, self.numbers, self.session = b"", itertools.count(1), None
        self.events, self.answers = [], {}
        self.open_page()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def open_page(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def read(self, until):
        """Takes in what comes, up to this time at most."""
        ready, _, _ = select.select([self.from_it], [], [], max(0, until - time.monotonic()))
        if not ready:
            raise TimeoutError("the browser does not answer")
        data = os.read(self.from_it, 1 << 20)
        if not data:
            raise EOFError("the browser is gone")
        *messages, self.rest = (self.rest + data).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self.answers[message["id"]] = message
            else:
                self.events.append(message)

    def call(self, method, **params):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_it, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + SECONDS
        while number not in self.answers:
            self.read(until)
        answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def go(self, address):
        """Loads the page, also if only what is behind the # is another one."""
        self.call("Page.navigate", url="about:blank")
        before = len(self.events)
        self.call("Page.navigate", url=address)
        until = time.monotonic() + SECONDS
        while not any(e["method"] == "Page.loadEventFired" for e in self.events[before + 1:]):
            self.read(until)
        loaded = "location.href !== 'about:blank' && document.readyState === 'complete'"
        while not self.run(loaded):
            time.sleep(0.02)

    def run(self, expression):
        """The value of an expression, which may be a promise."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def press(self, key):
        code = KEY_CODES.get(key, 0)
        text = "\r" if key == "Enter" else key if len(key) == 1 else ""
        common = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def write(self, text):
        self.call("Input.insertText", text=text)

    def mouse(self, kind, x, y, **more):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def click(self, x, y):
        self.mouse("mouseMoved", x, y)
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, x, y, button="left", clickCount=1)

    def click_on(self, expression):
        """Clicks in the middle of an element."""
        self.click(*self.run(f"""(() => {{
            const element = {expression};
            element.scrollIntoView({{ block: 'nearest' }});
            const box = element.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()"""))

    def screenshot(self, path):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def complaints(self):
        """Errors and warnings of the page and of the browser about it."""
        for event in self.events:
            params = event.get("params", {})
            if event["method"] == "Runtime.exceptionThrown":
                yield "exception: " + str(params["exceptionDetails"])[:400]
            if event["method"] == "Runtime.consoleAPICalled":
                yield "console: " + str(params.get("args"))[:400]
            if event["method"] == "Log.entryAdded" and params["entry"]["level"] != "verbose":
                yield "log: " + params["entry"]["text"]

    def requests(self):
        return [event["params"]["request"]["url"] for event in self.events
                if event["method"] == "Network.requestWillBeSent"]
