import { ownMark } from './processes.ts';

/** What can carry bytes between a command's input and output and a port of the container. */
export type RelayTool = 'node' | 'python' | 'socat' | 'nc' | 'perl' | 'ruby' | 'bash';

export interface Relay {
  readonly tool: RelayTool;
  /** Its program: a name, or a path. */
  readonly program: string;
}

/**
 * In the order of preference, by the name of their program: light ones first, as each connection starts one beside the program, in its container's memory;
 * those of which some kinds outlive their input last.
 */
export const relayPrograms: readonly (readonly [string, RelayTool])[] = [
  ['socat', 'socat'],
  ['python3', 'python'],
  ['perl', 'perl'],
  ['node', 'node'],
  ['ruby', 'ruby'],
  ['nc', 'nc'],
  ['bash', 'bash'],
];

// The end of the input is the end of it all: whoever debugged has gone, and nothing is to stay behind.

const byNode = `/*${ownMark}*/const s=require('net').connect({host:'127.0.0.1',port:+process.argv[1],noDelay:true});process.stdin.on('end',()=>process.exit(0));process.stdin.pipe(s);s.pipe(process.stdout);s.on('error',e=>{console.error(e.message);process.exit(1)});s.on('close',()=>process.exit(0))`;

const byPython = `#${ownMark}
import os,socket,sys,threading
s=socket.create_connection(('127.0.0.1',int(sys.argv[1])))
s.setsockopt(socket.IPPROTO_TCP,socket.TCP_NODELAY,1)
def up():
  while True:
    d=os.read(0,65536)
    if not d: os._exit(0)
    s.sendall(d)
threading.Thread(target=up,daemon=True).start()
while True:
  d=s.recv(65536)
  if not d: os._exit(0)
  while d: d=d[os.write(1,d):]`;

const byPerl = `#${ownMark}
use IO::Socket::INET; use Socket qw(IPPROTO_TCP TCP_NODELAY); my $s=IO::Socket::INET->new(PeerAddr=>'127.0.0.1',PeerPort=>$ARGV[0]) or die $!;
setsockopt($s,IPPROTO_TCP,TCP_NODELAY,1); $SIG{CHLD}=sub{wait; exit}; my $p=fork; my ($f,$t)=$p ? (*STDIN,$s) : ($s,*STDOUT); my $b;
while(sysread($f,$b,65536)){my $o=0; while($o<length $b){$o+=syswrite($t,$b,length($b)-$o,$o)//exit}} if($p){kill 'TERM',$p; waitpid $p,0}`;

const byRuby = `#${ownMark}
require 'socket'; s=TCPSocket.new('127.0.0.1',ARGV[0].to_i); s.setsockopt(Socket::IPPROTO_TCP,Socket::TCP_NODELAY,1); Thread.new{begin; loop{s.write(STDIN.readpartial(65536))}; rescue EOFError; end; exit!(0)}
begin; loop{STDOUT.write(s.readpartial(65536)); STDOUT.flush}; rescue EOFError; end`;

/** Relays one connection to a port of the container's own loopback; ends with its input. */
export function relayCommand({ tool, program }: Relay, port: number): readonly string[] {
  const at = String(port);
  switch (tool) {
    case 'node':
      return [program, '-e', byNode, at];
    case 'python':
      return [program, '-c', byPython, at];
    case 'perl':
      return [program, '-e', byPerl, at];
    case 'ruby':
      return [program, '-e', byRuby, at];
    case 'socat':
      return [program, '-', `TCP:127.0.0.1:${at},nodelay`];
    case 'nc':
      return [program, '127.0.0.1', at];
    case 'bash':
      return [
        program,
        '-c',
        `exec 3<>/dev/tcp/127.0.0.1/${at} 4<&0 && { cat <&3 & down=$!; cat <&4 >&3 & wait -n; kill $! $down; wait; } 2>/dev/null`,
      ];
  }
}

/** What of these programs is there relays best: the paths as `command -v` tells them. `own`: what the program is run by itself, and is there in any case. */
export function bestRelay(paths: readonly string[], own?: Relay): Relay | undefined {
  for (const [name, tool] of relayPrograms) {
    if (own?.tool === tool) return own;
    const program = paths.find((path) => path.replace(/^.*\//, '') === name);
    if (program !== undefined) return { tool, program };
  }
  return undefined;
}

/** Variables that would make an interpreter do more than relay. */
export const plainEnvironment: readonly string[] = [
  'NODE_OPTIONS=',
  'PYTHONSTARTUP=',
  'RUBYOPT=',
  'PERL5OPT=',
];
