-- What a person does in Neovim, and what they see of it, as one line of JSON in $RESULT.
local result = {}
local file = vim.env.COMPOSE_FILE

local function wait(what, ready)
  if not vim.wait(60000, ready, 20) then
    vim.fn.writefile({ vim.fn.json_encode({ failed = what }) }, vim.env.RESULT)
    vim.cmd('cquit')
  end
end

vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()

-- A diagnostic.
wait('a diagnostic', function() return #vim.diagnostic.get(buffer) > 0 end)
result.diagnostics = vim.tbl_map(function(each)
  return { line = each.lnum + 1, message = each.message, source = each.source }
end, vim.diagnostic.get(buffer))

-- A completion, through what Ctrl-X Ctrl-O calls.
vim.fn.search('nobody')
local params = vim.lsp.util.make_position_params()
local answers = vim.lsp.buf_request_sync(buffer, 'textDocument/completion', params, 60000)
local _, answer = next(answers)
result.completion = vim.tbl_map(function(item) return item.label end, answer.result.items or answer.result)

-- A rename, from where the service is declared.
vim.fn.search('^  db:')
vim.fn.search('db')
vim.lsp.buf.rename('database')
wait('the rename', function() return vim.fn.search('^  database:', 'nw') > 0 end)
vim.cmd('write')

vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.RESULT)
vim.cmd('quitall!')
