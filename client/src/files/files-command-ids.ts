export const FilesCommands = {
  browseFiles: 'composure.browseFiles',
  openContainerFile: 'composure.openContainerFile',
  downloadFile: 'composure.downloadFile',
  uploadFiles: 'composure.uploadFiles',
  uploadFolder: 'composure.uploadFolder',
  newContainerFile: 'composure.newContainerFile',
  newContainerFolder: 'composure.newContainerFolder',
  renameFile: 'composure.renameFile',
  deleteFile: 'composure.deleteFile',
  copyPath: 'composure.copyPath',
  refreshFiles: 'composure.refreshFiles',
} as const;
