/** What all objects of System V's have. */
export interface IpcObject {
  /** 0 for IPC_PRIVATE. */
  readonly key: number
  readonly id: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** Without what CRIU keeps beside it: who made the object. */
export const buildIpcObject = ({ key, id, mode, uid, gid }: IpcObject): IpcObject => ({
  key,
  id,
  mode,
  uid,
  gid,
})
