/** Waits until the newest epoch of a region has so many posts on one shelf. */
export async function untilShelved(url: string, count: number): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const response = await fetch(`${url}/api/v1/shelves/heads?as=json`);
    const heads = response.ok ? ((await response.json()) as { shelves: { posts: number }[] }) : { shelves: [] };
    if (heads.shelves.some(({ posts }) => posts >= count)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the posts came to no shelf');
}
