from http.server import BaseHTTPRequestHandler, HTTPServer


def greet(name):
    greeting = "hello " + name
    return greeting


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(greet(self.path.split("=")[1]).encode())


HTTPServer(("", 8000), Handler).serve_forever()
