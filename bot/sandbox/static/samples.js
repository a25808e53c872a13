// Made-up files for a quick try: a small landscape and some seconds of humming.

/** A JPEG of hills under a sky whose colours differ each time. */
export async function samplePhoto() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 960, height: 640 });
  paintLandscape(canvas.getContext("2d"), canvas.width, canvas.height, Math.random() * 360);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  return new File([blob], "landscape.jpg", { type: "image/jpeg" });
}

function paintLandscape(context, width, height, hue) {
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 55% 62%)`);
  sky.addColorStop(1, `hsl(${hue + 40} 75% 88%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `hsl(${hue + 50} 95% 93%)`;
  context.beginPath();
  context.arc(width * (0.25 + Math.random() * 0.5), height * 0.36, height * 0.11, 0, Math.PI * 2);
  context.fill();
  for (let hill = 0; hill < 4; hill += 1) {
    context.fillStyle = `hsl(${hue + 12 * hill} 34% ${58 - hill * 12}%)`;
    paintHill(context, width, height, height * (0.5 + hill * 0.12), Math.random() * 6);
  }
}

function paintHill(context, width, height, top, phase) {
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width; x += 8) {
    context.lineTo(x, top + Math.sin(x / 150 + phase) * 34 + Math.sin(x / 61 + phase * 2) * 13);
  }
  context.lineTo(width, height);
  context.fill();
}

const RATE = 8000; // samples a second, 16 bits, one channel
const SECONDS = 3;
const HEADER = 44; // bytes before the samples in a WAV file

/** A WAV of three seconds: a voice-like hum that rises and falls. */
export function sampleVoice() {
  const count = RATE * SECONDS;
  const view = new DataView(new ArrayBuffer(HEADER + count * 2));
  writeWavHeader(view, count * 2);
  let phase = 0;
  for (let index = 0; index < count; index += 1) {
    const second = index / RATE;
    phase += (2 * Math.PI * (165 + 45 * Math.sin(second * 5))) / RATE;
    const syllable = Math.max(0, Math.sin(second * Math.PI * 3.5)) ** 0.6;
    const tone = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase);
    view.setInt16(HEADER + index * 2, 6000 * syllable * tone, true);
  }
  return new File([view.buffer], "voice.wav", { type: "audio/wav" });
}

/** The 44 bytes of a RIFF header for PCM samples, little-endian. */
function writeWavHeader(view, byteCount) {
  const words = (offset, text) => {
    for (let index = 0; index < text.length; index += 1) view.setUint8(offset + index, text.charCodeAt(index));
  };
  words(0, "RIFF");
  view.setUint32(4, HEADER - 8 + byteCount, true);
  words(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  words(36, "data");
  view.setUint32(40, byteCount, true);
}
