/** `registry.example/team/api:1.2` as `api:1.2`; digests at the length of a commit. */
export function imageName(image: string): string {
  const name = image.split('/').pop() ?? image;
  return name.replace(/@sha256:(.{7}).*/, '@$1');
}
