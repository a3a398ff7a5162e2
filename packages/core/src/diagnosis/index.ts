export { type CriuCause, type CriuExplanation, explainCriuLog } from './explain-criu-log.ts'
export { findTcpConnections, type TcpConnections, type TcpSocket } from './tcp-connections.ts'
