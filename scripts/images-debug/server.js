const http = require('node:http');

function greet(name) {
  const greeting = `hello ${name}`;
  return greeting;
}

http
  .createServer((request, response) => {
    const name = new URL(request.url, 'http://localhost').searchParams.get('name');
    response.end(greet(name));
  })
  .listen(3000);
