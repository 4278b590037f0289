/** How long things take on a real host, in ms: launch and reads as measured, the rest as usually seen. */
export const DURATION = {
  powershellStart: 400,
  moduleImport: 500,
  getVm: 60,
  newVm: 2000,
  setVm: 150,
  newVhd: 900,
  resizeVhd: 700,
  addDrive: 600,
  addAdapter: 800,
  changeAdapter: 400,
  changePower: 1500,
  removeVm: 1200,
  deleteFile: 150,
  changeCluster: 1800,
  kvpCall: 250,
  startVm: 2500,
  inventoryBulk: 900,
  getVhd: 40,
} as const;

/** Bytes a second that a host copies between cluster volumes. */
export const COPY_BYTES_PER_SECOND = 400 * 2 ** 20;
