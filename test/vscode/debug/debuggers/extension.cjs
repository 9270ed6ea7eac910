const vscode = require('vscode');

exports.activate = (context) => {
  const server = ({ host, port }) => new vscode.DebugAdapterServer(port, host);
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', {
      createDebugAdapterDescriptor: ({ configuration }) => server(configuration.connect),
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory('go', {
      createDebugAdapterDescriptor: ({ configuration }) => server(configuration),
    }),
  );
};
