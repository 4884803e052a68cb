import { Broken, Then, type QkdWorld } from 'qkdspec/cucumber';

Then('Alice is called {word}', function (this: QkdWorld, name: string) {
  const content = JSON.stringify(this.answer?.perceived.payload['content']);
  if (content !== JSON.stringify({ serial_number: name })) throw new Broken(content);
});

// @ts-expect-error: an exception, not a number, where types came along
export const wrong: number = new Broken('');
