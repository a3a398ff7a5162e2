import type { BuiltImage } from '../../formats/oci/index.ts'

/** Where an image goes. Disposing of it without `finish` removes what came of it. */
export interface ImageSink extends AsyncDisposable {
  /** As commands take it: `oci://registry.example/shop/web:1`, `./layout`. */
  readonly reference: string
  hasLayer(digest: string): Promise<boolean>
  /** Takes a layer over from another image beside, if that can be. */
  takeLayer?(digest: string, image: string): Promise<boolean>
  /** Takes the layer piece by piece, each of which is held until it is in its place. */
  writeLayer(pieces: AsyncIterable<Uint8Array>, onProgress: (bytes: number) => void): Promise<WrittenLayer>
  /** Until then, nobody sees anything of the image. */
  finish(image: BuiltImage): Promise<void>
}

interface WrittenLayer {
  readonly digest: string
  readonly size: number
}
