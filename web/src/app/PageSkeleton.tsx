import { Skeleton } from 'antd';

export function PageSkeleton() {
  return <div className="page" role="status" aria-label="正在打开页面"><div className="panel"><Skeleton active paragraph={{ rows: 8 }} /></div></div>;
}
