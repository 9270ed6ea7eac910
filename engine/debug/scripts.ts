import { ownMark } from './processes.ts';

// What is run in containers, in the language that is there. Nothing is written to their disks. Each is one argument of the interpreter, so that no
// shell is needed; arguments follow.

/** Lists the processes: a line of JSON for each. */
const listByNode = `/*${ownMark}*/const f=require('fs');const l=p=>{try{return f.readlinkSync(p)}catch{return undefined}};
for(const d of f.readdirSync('/proc'))if(/^\\d+$/.test(d))try{const p='/proc/'+d;const s=f.readFileSync(p+'/stat','utf8');
const args=f.readFileSync(p+'/cmdline','utf8').split('\\0').filter((a,i,all)=>a!==''||i<all.length-1);
if(args.length)console.log(JSON.stringify({pid:+d,parent:+s.slice(s.lastIndexOf(')')+2).split(' ')[1],args,cwd:l(p+'/cwd'),exe:l(p+'/exe')}))}catch{}`;

const listByPython = `#${ownMark}
import os,json
def l(p):
  try: return os.readlink(p)
  except OSError: return None
for d in os.listdir('/proc'):
  if d.isdigit():
    try:
      p='/proc/'+d
      s=open(p+'/stat').read()
      a=open(p+'/cmdline').read().split('\\0')[:-1]
      if a:
        e={'pid':int(d),'parent':int(s[s.rindex(')')+2:].split(' ')[1]),'args':a}
        for k in ('cwd','exe'):
          v=l(p+'/'+k)
          if v: e[k]=v
        print(json.dumps(e))
    except (OSError,ValueError): pass`;

/** With tabs between: number, parent, folder, program, arguments. Tabs and line ends in these become blanks. */
const listByShell = `: ${ownMark}
for p in /proc/[0-9]*; do
  a=$(tr '\\t\\n\\000' '  \\t' <"$p/cmdline" 2>/dev/null) || continue
  [ -n "$a" ] || continue
  s=$(sed 's/.*) //' "$p/stat" 2>/dev/null) || continue
  set -- $s
  printf '%s\\t%s\\t%s\\t%s\\t%s\\n' "\${p#/proc/}" "$2" "$(readlink "$p/cwd" 2>/dev/null)" "$(readlink "$p/exe" 2>/dev/null)" "$a"
done`;

export type ListTool = 'node' | 'python' | 'shell';

/** How the processes of a container are listed with what is in it. */
export function listCommand(tool: ListTool, program: string): readonly string[] {
  switch (tool) {
    case 'node':
      return [program, '-e', listByNode];
    case 'python':
      return [program, '-c', listByPython];
    case 'shell':
      return [program, '-c', listByShell];
  }
}

/**
 * Opens the inspector of a Node process and writes its port. It may be open already, under another number than was asked for when that was taken: of
 * the ports the process listens on, the one that answers as an inspector does.
 */
const openInspectorScript = `/*${ownMark}*/const f=require('fs'),h=require('http'),pid=+process.argv[1],end=Date.now()+10000;
function ports(){const own=new Set();try{for(const d of f.readdirSync('/proc/'+pid+'/fd'))try{const m=/^socket:\\[(\\d+)\\]$/.exec(f.readlinkSync('/proc/'+pid+'/fd/'+d));if(m)own.add(m[1])}catch{}}catch{return [9229]}
const found=new Set();for(const t of ['tcp','tcp6'])try{for(const r of f.readFileSync('/proc/net/'+t,'utf8').split('\\n').slice(1)){const c=r.trim().split(/\\s+/);if(c[3]==='0A'&&own.has(c[9]))found.add(parseInt(c[1].split(':')[1],16))}}catch{}
return [...found]}
function ask(port){return new Promise(done=>{const r=h.get({host:'127.0.0.1',port,path:'/json/version',timeout:2000},a=>{let t='';a.on('data',d=>t+=d).on('end',()=>{try{done('Protocol-Version' in JSON.parse(t))}catch{done(false)}})});r.on('error',()=>done(false)).on('timeout',()=>{r.destroy();done(false)})})}
(async()=>{for(let told=false;;){for(const p of ports())if(await ask(p)){console.log(JSON.stringify({port:p}));process.exit(0)}
if(!told){told=true;try{process.kill(pid,'SIGUSR1')}catch(e){console.log(JSON.stringify({error:e.code}));process.exit(1)}}
if(Date.now()>end){console.log(JSON.stringify({error:'TIMEOUT'}));process.exit(1)}
await new Promise(r=>setTimeout(r,30))}})()`;

export function openInspectorCommand(program: string, pid: number): readonly string[] {
  return [program, '-e', openInspectorScript, String(pid)];
}

/** Waits until something listens on a port. It is not connected to: debugpy's adapter takes no other client after one that said nothing. */
const awaitPortByPython = `#${ownMark}
import sys,time
end=time.time()+float(sys.argv[2])
want=':%04X'%int(sys.argv[1])
def listens():
  for f in ('/proc/net/tcp','/proc/net/tcp6'):
    try:
      for l in open(f):
        c=l.split()
        if c[3]=='0A' and c[1].endswith(want): return True
    except OSError: pass
  return False
while not listens():
  if time.time()>end: sys.exit(1)
  time.sleep(0.05)`;

export function awaitPortCommand(program: string, port: number, seconds: number): readonly string[] {
  return [program, '-c', awaitPortByPython, String(port), String(seconds)];
}

/** Which programs are there, by name: a line for each that is. */
export function whichCommand(names: readonly string[]): readonly string[] {
  return ['sh', '-c', `: ${ownMark}\nfor n in "$@"; do command -v "$n"; done; true`, 'sh', ...names];
}

/** The same where no Python is: ten seconds at most. */
const awaitPortByShell = `: ${ownMark}
p=$(printf ':%04X' "$1"); i=0
until grep -q "$p [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null; do
  i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.1
done`;

export function awaitPortByShellCommand(port: number): readonly string[] {
  return ['sh', '-c', awaitPortByShell, 'sh', String(port)];
}
