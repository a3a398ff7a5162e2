import type { Rule } from '../rule.ts'
import { clip } from '../wording.ts'

const files =
  /^\/etc\/(passwd|shadow|group|gshadow|sudoers|sudoers\.d\/.*|crontab|cron\.[^/]+\/.*|profile|profile\.d\/.*|pam\.d\/.*)$|^\/var\/spool\/cron\/|\/\.ssh\/authorized_keys2?$/

export const changedLogin: Rule = {
  id: 'changed-login',
  severity: 'medium',
  title: 'A file that decides who may log in, or what is started, was changed',
  *find({ changedPaths = new Set() }) {
    for (const path of changedPaths) {
      if (files.test(path)) yield { place: path, evidence: `${clip(path)} was added or modified` }
    }
  },
}
