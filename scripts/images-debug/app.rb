require 'socket'

def greet(name)
  greeting = "hello #{name}"
  greeting
end

server = TCPServer.new('0.0.0.0', 8001)
loop do
  client = server.accept
  name = client.gets[/name=(\w+)/, 1]
  client.write "HTTP/1.0 200 OK\r\n\r\n#{greet(name)}"
  client.close
end
