import { ownMark } from './processes.ts';
import type { Relay } from './relay.ts';

// Listens on the container's own loopback, and carries all connections over its one input and output, as frames: number of the connection and length,
// four bytes each, then the bytes. Without bytes it has ended; number 0 says that it listens. Ends with its input.

const byPhp = `/*${ownMark}*/$s=@stream_socket_server("tcp://127.0.0.1:$argv[1]",$no,$why);if(!$s){fwrite(STDERR,$why);exit(1);}
$put=function($id,$d=''){$d=pack('NN',$id,strlen($d)).$d;while($d!==''){$n=fwrite(STDOUT,$d);if(!$n)exit;$d=substr($d,$n);}};
$put(0);$c=[];$id=0;$in='';
for(;;){$r=['s'=>$s,'i'=>STDIN]+$c;$w=$e=null;if(@stream_select($r,$w,$e,null)===false)exit;
foreach($r as $k=>$x){if($k==='s'){if($a=@stream_socket_accept($s,0))$c[++$id]=$a;}
elseif($k==='i'){$d=fread(STDIN,65536);if($d===''||$d===false)exit;$in.=$d;
while(strlen($in)>=8){$h=unpack('Nid/Nsize',$in);if(strlen($in)<8+$h['size'])break;
$d=substr($in,8,$h['size']);$in=substr($in,8+$h['size']);$o=$c[$h['id']]??null;if(!$o)continue;
if($d!=='')@fwrite($o,$d);else{fclose($o);unset($c[$h['id']]);}}}
elseif(isset($c[$k])){$d=@fread($x,65536);if($d!==''&&$d!==false)$put($k,$d);else{fclose($x);unset($c[$k]);$put($k);}}}}`;

const byPython = `#${ownMark}
import os,socket,struct,sys,threading
s=socket.socket()
s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1)
s.bind(('127.0.0.1',int(sys.argv[1])))
s.listen(64)
c={}
lock=threading.Lock()
def put(i,d=b''):
  d=struct.pack('>II',i,len(d))+d
  with lock:
    while d: d=d[os.write(1,d):]
def read(n):
  d=b''
  while len(d)<n:
    b=os.read(0,n-len(d))
    if not b: os._exit(0)
    d+=b
  return d
def up():
  while True:
    i,n=struct.unpack('>II',read(8))
    d=read(n)
    try:
      if n: c[i].sendall(d)
      else: c.pop(i).shutdown(socket.SHUT_RDWR)
    except (OSError,KeyError): pass
def down(i,x):
  try:
    while True:
      d=x.recv(65536)
      if not d: break
      put(i,d)
  except OSError: pass
  c.pop(i,None)
  x.close()
  put(i)
threading.Thread(target=up,daemon=True).start()
put(0)
i=0
while True:
  x=s.accept()[0]
  i+=1
  c[i]=x
  threading.Thread(target=down,args=(i,x),daemon=True).start()`;

/** What can listen in the container for a program that calls its debugger. */
export type ReverseTool = Extract<Relay['tool'], 'python'> | 'php';

export interface ReverseRelay {
  readonly tool: ReverseTool;
  /** Its program: a name, or a path. */
  readonly program: string;
}

export function reverseRelayCommand({ tool, program }: ReverseRelay, port: number): readonly string[] {
  const at = String(port);
  switch (tool) {
    case 'php':
      // Without its settings: an Xdebug in the relay would call it.
      return [program, '-n', '-r', byPhp, '--', at];
    case 'python':
      return [program, '-c', byPython, at];
  }
}
