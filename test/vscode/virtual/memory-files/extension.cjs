// Files that are on no disk: a workspace as a repository's web page or an archive gives it.
const vscode = require('vscode');

const files = new Map([
  ['/shop/compose.yaml', 'name: shop\nservices:\n  web:\n    image: nginx:alpine\n    port: 80\n'],
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
            return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: Buffer.byteLength(text) };
          if (uri.path === '/' || uri.path === '/shop')
            return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
          throw vscode.FileSystemError.FileNotFound(uri);
        },
        readDirectory: (uri) =>
          uri.path === '/shop'
            ? [['compose.yaml', vscode.FileType.File]]
            : [['shop', vscode.FileType.Directory]],
        readFile(uri) {
          const text = files.get(uri.path);
          if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
          return Buffer.from(text);
        },
        writeFile(uri, content) {
          files.set(uri.path, Buffer.from(content).toString());
        },
        createDirectory() {},
        delete: (uri) => void files.delete(uri.path),
        rename() {},
      },
      { isCaseSensitive: true },
    ),
  );
};
