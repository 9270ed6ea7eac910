// Files that are on no disk: a workspace as a repository's web page or an archive gives it.
const vscode = require('vscode');

// No Node: it also runs in a browser's worker.
const bytes = (text) => new TextEncoder().encode(text);

const files = new Map([
  ['/shop/compose.yaml', 'name: shop\nservices:\n  web:\n    image: nginx:alpine\n    port: 80\n'],
  [
    '/shop/stack/compose.yaml',
    'name: stack\nservices:\n  web:\n    image: nginx:alpine\n    ports: ["8080:80"]\n    depends_on:\n      - db\n  db:\n    image: redis:8\n',
  ],
]);

exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider(
      'memory',
      {
        onDidChangeFile: changed.event,
        watch: () => new vscode.Disposable(() => {}),
        stat(uri) {
          const text = files.get(uri.path);
          if (text !== undefined)
            return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes(text).length };
          if (['/', '/shop', '/shop/stack'].includes(uri.path))
            return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
          throw vscode.FileSystemError.FileNotFound(uri);
        },
        readDirectory(uri) {
          if (uri.path === '/') return [['shop', vscode.FileType.Directory]];
          const file = ['compose.yaml', vscode.FileType.File];
          return uri.path === '/shop' ? [file, ['stack', vscode.FileType.Directory]] : [file];
        },
        readFile(uri) {
          const text = files.get(uri.path);
          if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
          return bytes(text);
        },
        writeFile(uri, content) {
          files.set(uri.path, new TextDecoder().decode(content));
        },
        createDirectory() {},
        delete: (uri) => void files.delete(uri.path),
        rename() {},
      },
      { isCaseSensitive: true },
    ),
  );
};
