import { HomeHeader } from '@/components/home/home-header'
import { HomeSkeleton } from '@/components/home/home-page'

export default function HomeLoading() {
  return (
    <>
      <HomeHeader />
      <HomeSkeleton />
    </>
  )
}
