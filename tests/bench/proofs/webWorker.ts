import { doJob, type Job } from './job'

self.onmessage = ({ data }: MessageEvent<Job>) => void doJob(data).then((results) => self.postMessage(results))
