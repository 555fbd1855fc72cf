import { useState } from 'react';
import { feed } from '../feed/feed.tsx';
export const button = { useState, feed };
