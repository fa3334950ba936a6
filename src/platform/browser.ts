/**
 * The wasm at `url`, as a response, so that it can be compiled while it arrives.
 *
 * @throws Error that names the URL if nothing answers there, or not with the file.
 */
export async function readBytes(url: string | URL): Promise<BufferSource | Response> {
  const response = await fetch(url).catch((cause) => {
    throw new Error(`The wasm at ${url} cannot be fetched: ${cause.cause?.message ?? cause.message}`, { cause });
  });
  if (!response.ok) throw new Error(`The wasm at ${url} cannot be fetched: HTTP ${response.status} ${response.statusText}`);
  return response;
}
