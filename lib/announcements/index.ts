export {
  announce,
  announcementPlace,
  dismissAnnouncement,
  listAnnouncements,
  withdrawAnnouncement,
} from './announcements'
