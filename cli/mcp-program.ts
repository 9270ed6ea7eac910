import { main } from './main.ts';

// The server alone, as a program of its own that comes with the extension: `node mcp.mjs [OPTIONS]` is `composure mcp [OPTIONS]`.
await main(['mcp', ...process.argv.slice(2)]);
